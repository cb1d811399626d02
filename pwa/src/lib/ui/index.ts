/** The building blocks of every page. */
export { Button, type ButtonProps, LinkButton } from "./button";
export { Field, type FieldProps, TextBox, type TextBoxProps, Choice, Tick } from "./field";
export { Card, Empty, Notice, Reading, Skeleton, Status, Title } from "./page-parts";
export { Tabs } from "./tabs";
export { PlainText } from "./plain-text";
export { Far } from "./far";
