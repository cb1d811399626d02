/** The building blocks of every page. */
export { Button, type ButtonProps, LinkButton } from "./button";
export { Far } from "./far";
export { Choice, Field, type FieldProps, TextBox, type TextBoxProps, Tick } from "./field";
export { Card, Empty, Notice, Status } from "./page-parts";
export { PlainText } from "./plain-text";
export { Reading } from "./reading";
export { Skeleton } from "./skeleton";
export { Tabs } from "./tabs";
export { Title } from "./title";
