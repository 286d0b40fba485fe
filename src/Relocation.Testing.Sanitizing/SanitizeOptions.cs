namespace Relocation.Testing;

/// <summary>What sanitising goes by.</summary>
public sealed record SanitizeOptions
{
    private readonly TimeSpan _dateOffset;

    /// <summary>The models. Records of others are left out, and counted.</summary>
    public required RelocationModel Model { get; init; }

    /// <summary>Which fields are replaced, and how. Default: <see cref="SanitizeRules.Default"/> of the model.</summary>
    public SanitizeRules? Rules { get; init; }

    /// <summary>
    /// What new values are made of: the same seed gives the same output on every machine. Whoever has it can tell old values from new
    /// ones, so that it is a secret. Default: a new random one on every run.
    /// </summary>
    public string? Seed { get; init; }

    /// <summary>By how many whole days all dates are moved besides, 36,500 at most either way; no date stays where it was even so. Default: none.</summary>
    public TimeSpan DateOffset
    {
        get => _dateOffset;
        init => _dateOffset = Sanitizer.CheckOffset(value);
    }

    /// <summary>
    /// Whether values that a rule replaces are replaced in the text of all other fields, too: in longer text, and in JSON that is
    /// written as text. Default: yes.
    /// </summary>
    public bool ReplaceEverywhere { get; init; } = true;

    /// <summary>
    /// What texts in fields of <see cref="FieldEncoding.JsonText"/> mean, so that constants there are written alike. Default: the backup as a whole
    /// decides, and the result says how.
    /// </summary>
    public JsonTextReading JsonTexts { get; init; }

    /// <summary>Bounds on what the backup may hold. Default: <see cref="BackupLimits.Default"/>.</summary>
    public BackupLimits Limits { get; init; } = BackupLimits.Default;

    /// <summary>Hears how many records were written, after every thousandth. Default: nobody.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>The type's name and no values: the seed is a secret.</summary>
    public override string ToString() => nameof(SanitizeOptions);
}
