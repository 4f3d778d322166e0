/**
 * How loud sound is to people, after ITU-R BS.1770-4. Knows samples; knows no formats and no files.
 */
@NullMarked
package dev.parley.gpu.loudness;

import org.jspecify.annotations.NullMarked;
