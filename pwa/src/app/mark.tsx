/** An equals sign in a speech bubble. */
export function Mark() {
  return (
    <svg class="mark-sign" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        class="mark-bubble"
        d="M8 3h16a6 6 0 0 1 6 6v9a6 6 0 0 1-6 6h-8.5L9 29.5V24H8a6 6 0 0 1-6-6V9a6 6 0 0 1 6-6z"
      />
      <path class="mark-equals" d="M10.5 10.75h11M10.5 16.25h11" />
    </svg>
  );
}
