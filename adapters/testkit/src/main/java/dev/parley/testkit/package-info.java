/**
 * Starts every fake backend as a process of its own, for interop runs and for people who try the
 * hub without a model. What a fake answers is the business of the packages below.
 */
@NullMarked
package dev.parley.testkit;

import org.jspecify.annotations.NullMarked;
