using Relocation.Testing.Conditions;

namespace Relocation.Testing.Generating;

/// <summary>Decides in which records a field is null: where checks say so, and in a share of the others.</summary>
internal sealed class NullRule(RelocationField field, double share, CheckGroup? group)
{
    /// <summary>What the checks make of the field in a record, or null.</summary>
    internal FieldDomain? DomainAt(long number) => group?.At(number).Domains.GetValueOrDefault(field.Name);

    /// <summary>Whether the field is null.</summary>
    /// <param name="domain">What the checks make of it.</param>
    /// <param name="hash">Decides where the checks leave it open.</param>
    internal bool IsNull(FieldDomain? domain, ulong hash) =>
        domain?.IsNull ?? (field.IsNullable && StableHash.Unit(hash) < share);
}
