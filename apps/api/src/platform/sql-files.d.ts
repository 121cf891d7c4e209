/** SQL files are bundled as text, so that one file is all that a server needs. */
declare module '*.sql' {
  const text: string;
  export default text;
}
