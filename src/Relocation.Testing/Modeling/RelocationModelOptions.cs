using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing;

/// <summary>How the entities of a context are called in backups.</summary>
public sealed record RelocationModelOptions
{
    /// <summary>The first part of labels, or null for the context's name without <c>Context</c> and <c>Db</c>. Default: null.</summary>
    public string? App { get; init; }

    /// <summary>How an entity's name becomes the second part of its label. Default: lower case, as in <c>shop.orderline</c>.</summary>
    public LabelStyle Style { get; init; } = LabelStyle.Lower;

    /// <summary>
    /// Names entities in place of <see cref="App"/> and <see cref="Style"/>, which hold where it returns null. A label that an
    /// attribute or <c>HasBackupLabel</c> gives goes before it. Default: none.
    /// </summary>
    public Func<IReadOnlyEntityType, string?>? Label { get; init; }

    /// <summary>
    /// Models and fields that are no part of backups, as <c>APP.MODEL</c> and <c>APP.MODEL.FIELD</c>, besides what attributes and annotations say.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<string> LeaveOut { get; init; } = [];

    /// <summary>What differs in backups of other versions, besides what attributes and annotations say. Default: nothing.</summary>
    public IReadOnlyList<BackupRule> BackupRules { get; init; } = [];
}
