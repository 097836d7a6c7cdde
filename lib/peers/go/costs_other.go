//go:build !unix

package main

// Where there is no getrusage nothing is known; -1 says so.

func cpu() (user, system float64) { return -1, -1 }

func peakMemory() int64 { return -1 }
