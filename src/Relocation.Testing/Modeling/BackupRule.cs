namespace Relocation.Testing;

/// <summary>One difference between backups of other versions and a model, declared so that it is expected.</summary>
/// <remarks>
/// Rules are given to <see cref="RelocationModel.WithRules"/>, <see cref="RelocationModelOptions.BackupRules"/> or
/// <see cref="ImportOptions.BackupRules"/>. Each application is reported in <see cref="DriftReport.Declared"/>.
/// </remarks>
public sealed record BackupRule
{
    private BackupRule(BackupRuleKind kind, string model, string? field = null, string? former = null, FieldDefault? value = null)
    {
        Kind = kind;
        Model = ModelLabel.Parse(model);
        Field = field;
        Former = former;
        Default = value;
    }

    /// <summary>What the rule declares.</summary>
    public BackupRuleKind Kind { get; }

    /// <summary>The model's label; for a model that is no more, the label that it had.</summary>
    public ModelLabel Model { get; }

    /// <summary>The field, when the rule is about one.</summary>
    public string? Field { get; }

    /// <summary>The former label or name, when the rule is about a renaming.</summary>
    public string? Former { get; }

    /// <summary>The default, when the rule is about a field that was added.</summary>
    public FieldDefault? Default { get; }

    /// <summary>Older backups hold a model's records under another label.</summary>
    /// <param name="former">The label that they use.</param>
    /// <param name="label">The model's label.</param>
    /// <exception cref="FormatException">One of them is no label.</exception>
    public static BackupRule ModelRenamed(string former, string label) =>
        new(BackupRuleKind.ModelRenamed, label, former: ModelLabel.Parse(former).Value);

    /// <summary>Older backups hold records of a model that is no more. They are left out.</summary>
    /// <param name="label">The label that they use.</param>
    /// <exception cref="FormatException"><paramref name="label"/> is no label.</exception>
    public static BackupRule ModelDropped(string label) => new(BackupRuleKind.ModelDropped, label);

    /// <summary>Older backups hold a field under another name.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="former">The name that they use; dots lead into objects.</param>
    /// <param name="field">The field's name, or that of an object, whose members are all renamed then.</param>
    /// <exception cref="FormatException"><paramref name="model"/> is no label.</exception>
    public static BackupRule FieldRenamed(string model, string former, string field)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(former);
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        return new BackupRule(BackupRuleKind.FieldRenamed, model, field, former);
    }

    /// <summary>Older backups lack a field.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="field">The field's name; dots lead into objects.</param>
    /// <param name="value">What it takes then, for example <c>FieldDefault.Of("web")</c>.</param>
    /// <exception cref="FormatException"><paramref name="model"/> is no label.</exception>
    public static BackupRule FieldAdded(string model, string field, FieldDefault value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        ArgumentNullException.ThrowIfNull(value);
        return new BackupRule(BackupRuleKind.FieldAdded, model, field, value: value);
    }

    /// <summary>Older backups hold a field that no longer exists. It is left out.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="field">The field's name; dots lead into objects.</param>
    /// <exception cref="FormatException"><paramref name="model"/> is no label.</exception>
    public static BackupRule FieldDropped(string model, string field)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        return new BackupRule(BackupRuleKind.FieldDropped, model, field);
    }

    /// <summary>The rule in words.</summary>
    public override string ToString() => Kind switch
    {
        BackupRuleKind.ModelRenamed => $"{Model} was {Former}",
        BackupRuleKind.ModelDropped => $"{Model} is no more",
        BackupRuleKind.FieldRenamed => $"{Model}.{Field} was {Former}",
        BackupRuleKind.FieldAdded => $"{Model}.{Field} was added",
        _ => $"{Model}.{Field} is no more",
    };
}
