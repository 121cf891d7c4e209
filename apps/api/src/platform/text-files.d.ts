/** Shell scripts are bundled as text, as SQL is. */
declare module '*.sh' {
  const text: string;
  export default text;
}
