namespace Relocation.Testing;

/// <summary>The limits of a relocation (docs/sentry-import.md, section 10.2).</summary>
public sealed record RelocationLimits
{
    /// <summary>The largest file, in bytes. Default: 2,147,483,648, the maximum of Sentry's file storage.</summary>
    public long FileBytes { get; init; } = 1L << 31;

    /// <summary>How many wanted organizations a file may contain. Default: 20.</summary>
    public int Organizations { get; init; } = 20;

    /// <summary>How many users may be members of wanted organizations. Default: 2,000.</summary>
    public int Users { get; init; } = 2_000;

    /// <summary>
    /// How many relocations of files below 10 MiB may be started in 24 hours by requesters who are not elevated. Default: no limit;
    /// Sentry's is 0.
    /// </summary>
    public int? SmallPerDay { get; init; }

    /// <summary>The same for files from 10 MiB to below 100 MiB. Default: no limit; Sentry's is 0.</summary>
    public int? MediumPerDay { get; init; }

    /// <summary>The same for larger files. Default: no limit; Sentry's is 0.</summary>
    public int? LargePerDay { get; init; }
}
