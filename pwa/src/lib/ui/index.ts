/** The building blocks of every page. */
export { Button, type ButtonProps, LinkButton } from "./button";
export { Far } from "./far";
export { Choice, Field, type FieldProps, TextBox, type TextBoxProps, Tick } from "./field";
export { Card, Empty, Notice, Reading, Skeleton, Status, Title } from "./page-parts";
export { PlainText } from "./plain-text";
export { Tabs } from "./tabs";
