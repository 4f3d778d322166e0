/** Fakes of the small servers around Whisper: the faster-whisper service and whisper.cpp's. */
@NullMarked
package dev.parley.testkit.whisper;

import org.jspecify.annotations.NullMarked;
