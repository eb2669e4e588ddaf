package docs_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	codeBlock  = regexp.MustCompile("(?ms)^[ \t]*```.*?^[ \t]*```[ \t]*$")
	codeSpan   = regexp.MustCompile("`[^`\n]*`")
	link       = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading    = regexp.MustCompile(`(?m)^#+ +(.+?) *#*$`)
	notInASlug = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// TestLinks follows the relative links of every page, to the heading where one is named.
func TestLinks(t *testing.T) {
	t.Parallel()
	for _, page := range files(t) {
		if !strings.HasSuffix(page, ".md") {
			continue
		}
		text := codeSpan.ReplaceAllString(codeBlock.ReplaceAllString(read(t, page), ""), "")
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			target, anchor, _ := strings.Cut(found[1], "#")
			if strings.Contains(target, ":") {
				continue // another site
			}
			if target != "" {
				target = path.Join(path.Dir(page), target)
			} else {
				target = page
			}
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(target))); err != nil {
				t.Errorf("%s: %s leads nowhere", page, found[1])
			} else if anchor != "" && !hasHeading(read(t, target), anchor) {
				t.Errorf("%s: %s names no heading", page, found[1])
			}
		}
	}
}

func hasHeading(text, anchor string) bool {
	for _, found := range heading.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
		slug := notInASlug.ReplaceAllString(strings.ToLower(found[1]), "")
		if strings.ReplaceAll(slug, " ", "-") == anchor {
			return true
		}
	}
	return false
}

var (
	registryHost = regexp.MustCompile(`\b(?:proxy|sum|goproxy|registry|mirrors?|deb|security|pypi|files|artifactory|nexus)\.(?:[a-z0-9-]+\.)+(?:org|com|io|net|dev|cn|local|internal)\b`)
	machinePath  = regexp.MustCompile(`(?:^|[\s"'=:(<,\x60])/(?:work|farm|root|home|Users|tmp/bash_jobs)/`)
)

// TestNoRegistryHostsOrMachinePaths keeps out what holds on one machine only.
func TestNoRegistryHostsOrMachinePaths(t *testing.T) {
	t.Parallel()
	for _, p := range files(t) {
		text := read(t, p)
		if strings.Contains(text, "\x00") {
			continue // not text
		}
		for n, line := range strings.Split(text, "\n") {
			if found := registryHost.FindString(line); found != "" {
				t.Errorf("%s:%d: the name of a registry: %s", p, n+1, found)
			}
			if found := machinePath.FindString(line); found != "" {
				t.Errorf("%s:%d: a path of one machine: %s", p, n+1, strings.TrimSpace(found))
			}
		}
	}
}
