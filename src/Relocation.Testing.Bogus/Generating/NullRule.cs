using Relocation.Testing.Conditions;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>Decides in which records a field is null: where its domain says so, and in a share of the others.</summary>
/// <param name="field">The field.</param>
/// <param name="share">In which share of the records it is null where nothing else says so.</param>
/// <param name="isNull">Whether it is always or never null.</param>
/// <param name="group">The checks that its values are drawn for, or null.</param>
internal sealed class NullRule(RelocationField field, double share, bool? isNull, CheckGroup? group)
{
    /// <summary>What a record's value is made from: a hash, and how often it was drawn before checks were met.</summary>
    internal (ulong Hash, int Draw) At(ulong seed, long number)
    {
        var (hash, draw) = (StableHash.At(seed, number), group?.DrawAt(field.Name, number) ?? 0);
        return (draw == 0 ? hash : StableHash.At(hash, draw), draw);
    }

    /// <summary>Whether the field is null. A value that is drawn again is so now and then, whatever the share.</summary>
    internal bool IsNull((ulong Hash, int Draw) at) =>
        isNull ?? (field.IsNullable && StableHash.Unit(at.Hash) < (at.Draw == 0 ? share : 0.2 + (0.6 * share)));
}
