/**
 * whisper.cpp's server: one route whose path is the operator's choice, tokens where others give
 * words, and error statuses that do not say what they mean.
 */
@NullMarked
package dev.parley.adapters.whispercpp;

import org.jspecify.annotations.NullMarked;
