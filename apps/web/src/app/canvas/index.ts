export { Canvas } from './canvas.ts';
export type { CanvasNode, CanvasWay, Removal } from './canvas-model.ts';
export { around, type Box, MARGIN, type Place, type Size } from './geometry.ts';
export { layered, type Layered } from './layered.ts';
