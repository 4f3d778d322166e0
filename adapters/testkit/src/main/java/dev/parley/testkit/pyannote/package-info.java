/** A fake of the speaker service around pyannote.audio. */
@NullMarked
package dev.parley.testkit.pyannote;

import org.jspecify.annotations.NullMarked;
