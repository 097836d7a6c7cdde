package main

import (
	"fmt"
	"net/http"
	"runtime"
	"strconv"
	"sync"
)

// A schedule asks for every path in some order and overlap; its samples are in the plan's order.
type schedule func(client *http.Client, plan Plan) []Sample

func sequential(client *http.Client, plan Plan) []Sample {
	samples := make([]Sample, len(plan.Paths))
	for i, path := range plan.Paths {
		samples[i] = fetch(client, plan, path)
	}
	return samples
}

func concurrent(client *http.Client, plan Plan) []Sample {
	samples := make([]Sample, len(plan.Paths))
	var wg sync.WaitGroup
	for i, path := range plan.Paths {
		wg.Add(1)
		go func(i int, path string) {
			defer wg.Done()
			samples[i] = fetch(client, plan, path)
		}(i, path)
	}
	wg.Wait()
	return samples
}

func pool(client *http.Client, plan Plan) []Sample {
	samples := make([]Sample, len(plan.Paths))
	semaphore := make(chan struct{}, *plan.Concurrency)
	var wg sync.WaitGroup
	for i, path := range plan.Paths {
		wg.Add(1)
		semaphore <- struct{}{}
		go func(i int, path string) {
			defer wg.Done()
			defer func() { <-semaphore }()
			samples[i] = fetch(client, plan, path)
		}(i, path)
	}
	wg.Wait()
	return samples
}

// execute runs the plan once, from opening the client to the last finish. Samples are in the plan's
// order.
func execute(plan Plan) ([]Sample, Run, error) {
	schedules := map[string]schedule{
		"sequential": sequential, "concurrent": concurrent, "pool": pool,
	}
	run, ok := schedules[plan.Schedule]
	if !ok || (plan.Schedule == "pool" && plan.Concurrency == nil) {
		return nil, Run{}, fmt.Errorf("schedule %q cannot be run here", plan.Schedule)
	}
	user, system := cpu()
	opened := now()
	client, dialer, settings := newClient(plan)
	samples := run(client, plan)
	makespan := now() - opened
	userAfter, systemAfter := cpu()
	settings["GOMAXPROCS"] = strconv.Itoa(runtime.GOMAXPROCS(0))
	settings["decode"] = map[string]string{
		"whole": "map[string]interface{}", "name": "struct of one field", "none": "none",
	}[plan.Settings.Decode]
	result := Run{
		Opened: opened, Makespan: makespan,
		CPUUser: userAfter - user, CPUSystem: systemAfter - system,
		PeakMemory: peakMemory(), Sockets: dialer.Settle(),
		Settings: settings, Versions: map[string]string{"go": runtime.Version()},
		Results: make([]*string, len(samples)),
	}
	for i, sample := range samples {
		result.Results[i] = sample.Result
		if sample.Complaint != "" && len(result.Complaints) < 3 {
			result.Complaints = append(result.Complaints, sample.Complaint)
		}
	}
	return samples, result, nil
}
