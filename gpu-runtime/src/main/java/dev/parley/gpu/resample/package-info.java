/**
 * Changes the rate of audio: filters designed for a pair of rates, and streams that apply them.
 * Knows samples of one channel; knows no formats and no files.
 */
@NullMarked
package dev.parley.gpu.resample;

import org.jspecify.annotations.NullMarked;
