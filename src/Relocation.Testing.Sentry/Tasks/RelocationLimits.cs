namespace Relocation.Testing;

/// <summary>How much a relocation may hold (docs/sentry-import.md, section 10.2).</summary>
public sealed record RelocationLimits
{
    /// <summary>The largest file, in bytes. Default: 2,147,483,648, the most that Sentry's file storage takes.</summary>
    public long FileBytes { get; init; } = 1L << 31;

    /// <summary>How many records of wanted organizations a file may hold. Default: 20.</summary>
    public int Organizations { get; init; } = 20;

    /// <summary>How many users may be members of wanted organizations. Default: 2,000.</summary>
    public int Users { get; init; } = 2_000;

    /// <summary>
    /// How many relocations of files below 10 MiB may be begun in 24 hours by those who are not elevated. Default: no limit; Sentry's own is 0.
    /// </summary>
    public int? SmallPerDay { get; init; }

    /// <summary>The same for files from 10 MiB to below 100 MiB. Default: no limit; Sentry's own is 0.</summary>
    public int? MediumPerDay { get; init; }

    /// <summary>The same for larger files. Default: no limit; Sentry's own is 0.</summary>
    public int? LargePerDay { get; init; }
}
