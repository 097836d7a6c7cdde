//go:build unix

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// cpu is the time this process has used so far, in ms.
func cpu() (user, system float64) {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return -1, -1
	}
	return ms(usage.Utime), ms(usage.Stime)
}

func ms(t syscall.Timeval) float64 {
	return float64(t.Sec)*1e3 + float64(t.Usec)/1e3
}

// peakMemory is the most that was resident, in bytes. Linux's ru_maxrss is not asked: a process
// inherits it from the one that started it.
func peakMemory() int64 {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for _, line := range strings.Split(string(status), "\n") {
			if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmHWM:" {
				kilobytes, _ := strconv.ParseInt(fields[1], 10, 64)
				return kilobytes * 1024
			}
		}
	}
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return -1
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) * 1024
}
