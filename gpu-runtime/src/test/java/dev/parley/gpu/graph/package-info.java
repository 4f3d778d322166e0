@NullMarked
package dev.parley.gpu.graph;

import org.jspecify.annotations.NullMarked;
