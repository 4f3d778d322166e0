/**
 * What a benchmark found: figures of several rounds beside the goals they are held against, as a
 * table for people and as a file. Must not know how anything is measured.
 */
@NullMarked
package dev.parley.hub.bench.sheet;

import org.jspecify.annotations.NullMarked;
