/** What a wall says of the time, and of how old it is. */
import { useEffect, useState } from "preact/hooks";
import { clock } from "../lib/time";

/** "14:32", told anew as the minute changes: the app's own moment may be half a minute late. */
export function useClock(zone: string, offset: number): string {
  const tell = () => clock(Date.now() + offset * 1000, zone);
  const [time, setTime] = useState(tell);
  useEffect(() => {
    const move = () => setTime(tell());
    move();
    const timer = setInterval(move, 1000);
    return () => clearInterval(timer);
  }, [zone, offset]);
  return time;
}

/** Whether something has been so for a while: a line that is back within moments is not worth a word. */
export function useLasting(is: boolean, time = 3000): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!is) return setLasts(false);
    const timer = setTimeout(setLasts, time, true);
    return () => clearTimeout(timer);
  }, [is, time]);
  return is && lasts;
}
