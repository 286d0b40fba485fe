namespace Relocation.Testing.Cli.Inspecting;

/// <summary>Says what an import does where a record lacks a field.</summary>
internal static class AbsentField
{
    internal static string Becomes(RelocationField field) => field switch
    {
        { IsDefaultDeclared: true } => "declared default",
        { Default: not null and not { Kind: FieldDefaultKind.Database } } => "default",
        { IsNullable: true } => "null",
        _ => "refused",
    };
}
