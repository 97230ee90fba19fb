/**
 * The largest backup file that an Endpoint Protector server processes: "200 MB" (Netwrix manual, System Backup). Which
 * megabyte is meant is not said: above the first figure it may be too large, above the second it is.
 */
export const cautiousLimitBytes = 200_000_000
export const certainLimitBytes = 200 * 1024 * 1024
