namespace Relocation.Testing;

/// <summary>Tables of Sentry of which backups hold no records, by what writes to them.</summary>
[Flags]
public enum SentryTables
{
    /// <summary>None: only the tables of models that backups hold.</summary>
    None = 0,

    /// <summary>
    /// Other tables that <see cref="SentryImport"/> writes: lost passwords, registered organizations and slugs, ledgers of imports.
    /// </summary>
    Import = 1,

    /// <summary>Relocation tasks, their files, validations and messages; see <c>docs/tasks.md</c>.</summary>
    Tasks = 2,

    /// <summary>Groups, releases, nodes and other tables that are written with events; see <c>docs/events.md</c>.</summary>
    Events = 4,
}
