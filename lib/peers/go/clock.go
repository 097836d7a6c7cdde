package main

import "time"

var began = time.Now()

// now is ms since the epoch by a clock that never steps back.
func now() float64 {
	return float64(began.UnixNano()+int64(time.Since(began))) / 1e6
}
