/**
 * The databases in which the hub keeps what must outlive it: connections, statements, transactions
 * and migrations, and the threads that wait for them. It does not know what is kept; who keeps
 * something brings its {@link Schema}.
 */
@NullMarked
package dev.parley.hub.store;

import org.jspecify.annotations.NullMarked;
