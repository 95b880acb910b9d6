import { useRef, useState, type PointerEvent, type RefObject } from 'react';

type Drag = { from: number; startY: number; to: number; byY: number };

/**
 * Rows that are put in another order by dragging a handle, with the mouse, a pen or a finger. Nothing moves in the document before it is
 * dropped: a row that is moved there would lose the pointer.
 */
export function useDragOrder(list: RefObject<HTMLElement | null>, move: (from: number, to: number) => void) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const middles = useRef<number[]>([]);
  const drop = () => {
    if (drag && drag.to !== drag.from) move(drag.from, drag.to);
    setDrag(null);
  };
  return {
    rowProps: (at: number) => ({
      'data-dragged': drag?.from === at,
      'data-drop':
        drag && drag.to === at && drag.to !== drag.from
          ? drag.to < drag.from
            ? 'before'
            : 'after'
          : undefined,
      ...(drag?.from === at && { style: { transform: `translateY(${drag.byY}px)` } }),
    }),
    handleProps: (at: number) => ({
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        middles.current = [...(list.current?.children ?? [])].map((row) => {
          const { top, height } = row.getBoundingClientRect();
          return top + height / 2;
        });
        setDrag({ from: at, startY: event.clientY, to: at, byY: 0 });
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (!drag) return;
        const others = middles.current.toSpliced(drag.from, 1);
        const to = others.filter((middle) => middle < event.clientY).length;
        setDrag({ ...drag, to, byY: event.clientY - drag.startY });
      },
      onPointerUp: drop,
      onPointerCancel: () => setDrag(null),
    }),
  };
}
