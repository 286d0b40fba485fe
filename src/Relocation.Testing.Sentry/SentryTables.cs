namespace Relocation.Testing;

/// <summary>Tables of Sentry that no backup holds records of, by what writes to them.</summary>
[Flags]
public enum SentryTables
{
    /// <summary>None: the tables of the models that backups hold, and no more.</summary>
    None = 0,

    /// <summary>What <see cref="SentryImport"/> writes besides: lost passwords, registered organizations and slugs, ledgers of imports.</summary>
    Import = 1,

    /// <summary>Relocation tasks, their files, validations and messages; see <c>docs/tasks.md</c>.</summary>
    Tasks = 2,

    /// <summary>Groups, releases, nodes and what else is written with events; see <c>docs/events.md</c>.</summary>
    Events = 4,
}
