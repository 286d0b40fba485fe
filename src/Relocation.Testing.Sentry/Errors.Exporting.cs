namespace Relocation.Testing.Sentry;

internal static partial class Errors
{
    internal static InvalidOperationException ControlSiloExport() =>
        new("Backups are not exported in the Control silo. Export in the Region silo, or as a monolith.");

    internal static string ExportedByOtherSilo(string label, SentrySilo silo) =>
        $"Model '{label}' does not live in the {silo} silo. Export it in the other one, or as a monolith.";

    internal static string NoExportScope() => "No scope was given. Give one of SentryScopes.";

    internal static string NotInScope(string label, ImportScope scope) =>
        $"Model '{label}' has no records of scope {scope}. Export it in a scope that takes it.";
}
