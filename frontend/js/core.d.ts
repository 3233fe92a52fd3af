/**
 * The types of core.js for the checker, so that it reads this instead of the vendored libraries behind it.
 */
export declare function html(strings: TemplateStringsArray, ...values: Value[]): any;
/** What stands in a template. Whether a function is told an event, and of what, the attribute that it stands at decides. */
export type Value = string | number | boolean | null | undefined | object | ((...given: any[]) => unknown);
export declare function render(node: any, place: Element): void;
export declare const Fragment: any;
export declare function signal<T>(value: T): { value: T };
export declare function computed<T>(compute: () => T): { readonly value: T };
export declare function effect(run: () => void): () => void;
export declare function batch<T>(run: () => T): T;
export declare function useState<T>(first: T | (() => T)): [T, (next: T | ((old: T) => T)) => void];
export declare function useRef<T>(first: T): { current: T };
export declare function useEffect(run: () => void | (() => void), inputs?: unknown[]): void;
export declare function useLayoutEffect(run: () => void | (() => void), inputs?: unknown[]): void;
