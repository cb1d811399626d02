/** The walls, behind one door. */
export { EventWallPage } from "./event-wall";
export { WallPage } from "./wall";
