"""How tests start Chromium: only what shows pages, for no person ever looks at its window."""

# Of two such switches the last one counts, so Playwright's own (chromiumSwitches.ts) stand here too. The lists that
# drop down from the address line are pages as well, drawn anew for each window: a second of CPU, of one and a half.
WITHOUT = (
    "WebUIOmniboxAimPopup", "WebUIOmniboxPopup", "PreloadTopChromeWebUI",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
    "--disable-sync", f"--disable-features={','.join(WITHOUT)}",
]  # fmt: skip
