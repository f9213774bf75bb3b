"""The bar of a training run: steps of all epochs, loss and held-out recall, time left."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import keras
from tqdm import tqdm


class Progress:
    """A bar over every step of every epoch; a resumed run begins where it stopped."""

    def __init__(self, steps_per_epoch: int, epochs: int, epochs_done: int) -> None:
        self._shown: dict[str, str] = {}
        self._bar = tqdm(
            total=steps_per_epoch * epochs, initial=steps_per_epoch * epochs_done, desc="training", unit="step"
        )

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    def steps(self) -> keras.callbacks.Callback:
        """A callback that moves the bar and shows the epoch's mean loss so far."""

        def after_step(_: int, logs: dict[str, Any] | None = None) -> None:
            self._bar.update()
            if logs:
                self._show(loss=f"{logs['loss']:.3f}")

        return keras.callbacks.LambdaCallback(on_train_batch_end=after_step)

    def show_recall(self, recall_at_10: float) -> None:
        """Show what the last epoch reached."""
        self._show(recall_at_10=f"{recall_at_10:.3f}")

    def _show(self, **shown: str) -> None:
        self._shown |= shown
        self._bar.set_postfix(self._shown, refresh=False)
