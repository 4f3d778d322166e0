/**
 * Where somebody speaks: detectors that give a probability for each chunk of a signal, networks and
 * one that needs no model, and many live signals advanced together. All of it hears one channel at
 * 16 kHz; what to make of the probabilities is decided in {@link dev.parley.gpu.vad.segment}.
 */
@NullMarked
package dev.parley.gpu.vad;

import org.jspecify.annotations.NullMarked;
