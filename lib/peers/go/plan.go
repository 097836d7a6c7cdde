package main

// Plan is what to ask for and how; times are in ms.
type Plan struct {
	URLs   []string `json:"urls"`
	Method string   `json:"method"`
	// Schedule is "sequential", "concurrent" (a goroutine each) or "pool" (bounded by a semaphore).
	Schedule    string   `json:"schedule"`
	Concurrency *int     `json:"concurrency"`
	Connections string   `json:"connections"`
	Deadline    float64  `json:"deadline"`
	Settings    Settings `json:"settings"`
}

// Settings are what a library decides for itself unless it is told.
type Settings struct {
	// ConnectionLimit is null where the library's own stands.
	ConnectionLimit *int `json:"connectionLimit"`
	// AcceptEncoding is "default" or "identity".
	AcceptEncoding string `json:"acceptEncoding"`
	// Decode is "whole" (a generic value), "name" (a struct of one field) or "none".
	Decode string `json:"decode"`
}

// Sample is one request; times are in ms since the epoch.
type Sample struct {
	URL     string
	Planned float64
	Start   float64
	End     float64
	Status  int
	// Bytes of the body as they came over the wire.
	Bytes    int64
	Encoding string
	Error    string
	// Timing is the Server-Timing header as it came.
	Timing string
	Result *string
	// Complaint is the error in the library's words.
	Complaint string
}

// Columns hold a sample a row.
type Columns struct {
	URL      []string  `json:"url"`
	Planned  []float64 `json:"planned"`
	Start    []float64 `json:"start"`
	End      []float64 `json:"end"`
	Status   []int     `json:"status"`
	Bytes    []int64   `json:"bytes"`
	Encoding []string  `json:"encoding"`
	Error    []string  `json:"error"`
	Timing   []string  `json:"timing"`
}

// Run is what is printed: one pass of a plan.
type Run struct {
	Opened    float64 `json:"opened"`
	Makespan  float64 `json:"makespan"`
	CPUUser   float64 `json:"cpuUser"`
	CPUSystem float64 `json:"cpuSystem"`
	// PeakMemory is in bytes.
	PeakMemory int64             `json:"peakMemory"`
	Sockets    int64             `json:"sockets"`
	Settings   map[string]string `json:"settings"`
	Versions   map[string]string `json:"versions"`
	Complaints []string          `json:"complaints"`
	Samples    Columns           `json:"samples"`
	Results    []*string         `json:"results"`
}

func columns(samples []Sample) Columns {
	n := len(samples)
	c := Columns{
		make([]string, n), make([]float64, n), make([]float64, n), make([]float64, n),
		make([]int, n), make([]int64, n), make([]string, n), make([]string, n), make([]string, n),
	}
	for i, s := range samples {
		c.URL[i], c.Planned[i], c.Start[i], c.End[i] = s.URL, s.Planned, s.Start, s.End
		c.Status[i], c.Bytes[i], c.Encoding[i] = s.Status, s.Bytes, s.Encoding
		c.Error[i], c.Timing[i] = s.Error, s.Timing
	}
	return c
}
