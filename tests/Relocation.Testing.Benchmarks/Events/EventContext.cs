using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Relocation.Testing.Benchmarks.Events.Tables;

namespace Relocation.Testing.Benchmarks.Events;

/// <summary>The tables of events as an EF Core context maps them.</summary>
internal sealed class EventContext(DbContextOptions<EventContext> options) : DbContext(options)
{
    private static readonly (Type Type, string Table)[] Tables =
    [
        (typeof(ProjectRow), "sentry_project"),
        (typeof(ReleaseRow), "sentry_release"),
        (typeof(ReleaseProjectRow), "sentry_release_project"),
        (typeof(EnvironmentRow), "sentry_environment"),
        (typeof(EnvironmentProjectRow), "sentry_environmentproject"),
        (typeof(CounterRow), "sentry_projectcounter"),
        (typeof(GroupRow), "sentry_groupedmessage"),
        (typeof(GroupHashRow), "sentry_grouphash"),
        (typeof(GroupEnvironmentRow), "sentry_groupenvironment"),
        (typeof(GroupReleaseRow), "sentry_grouprelease"),
        (typeof(ReleaseEnvironmentRow), "sentry_environmentrelease"),
        (typeof(ReleaseProjectEnvironmentRow), "sentry_releaseprojectenvironment"),
        (typeof(NodeRow), "nodestore_node"),
        (typeof(StreamLogRow), "event_stream_log"),
        (typeof(StreamRow), "event_stream"),
    ];

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var (type, table) in Tables)
        {
            modelBuilder.Entity(type).ToTable(table);
        }

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(ColumnOf(entity, property));
            }
        }
    }

    private static string ColumnOf(IMutableEntityType entity, IMutableProperty property) =>
        entity.ClrType == typeof(StreamRow) && property.Name == nameof(StreamRow.SeqId) ? "seq"
        : string.Concat(property.Name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
