using System.Globalization;
using Relocation.Testing.Sentry.Events.Rows;
using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Finds the events' projects with what is set for them, and keeps other writers from their organizations.</summary>
internal sealed class ProjectStep(BatchRows rows, EventSession session)
{
    private readonly Dictionary<long, string> _groupings = [];

    /// <exception cref="EventRefusedException">There is no such project.</exception>
    internal async Task LoadAsync(IReadOnlyList<EventJob> jobs, CancellationToken cancellationToken)
    {
        var ids = jobs.Select(job => job.Input.ProjectId).Distinct().ToList();
        await session.ReadAsync(LookUps.Projects, Keys(LookUps.Projects, ids), ReadProject, cancellationToken).ConfigureAwait(false);
        foreach (var job in jobs)
        {
            job.Project = rows.Projects.GetValueOrDefault(job.Input.ProjectId) ?? throw Errors.UnknownProject(job.Input.ProjectId, job.Index);
        }

        await session.ReadAsync(LookUps.ProjectOptions, Keys(LookUps.ProjectOptions, ids), ReadOption, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The id of the project's grouping configuration.</summary>
    internal string GroupingOf(ProjectRow project) => _groupings.GetValueOrDefault(project.Id, "newstyle:2023-01-11");

    /// <summary>Reads an option that holds how many crash reports a group keeps: -1 for all; null where it says nothing.</summary>
    internal static int? CrashReportsOf(string value) => Plain(value) switch
    {
        "true" => -1,
        "false" => 0,
        var text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private RowCells Keys(RowStatement statement, List<long> ids)
    {
        var cells = session.CellsOf(statement);
        foreach (var id in ids)
        {
            cells.Add(id).EndRow();
        }

        return cells;
    }

    private void ReadProject(System.Data.Common.DbDataReader reader)
    {
        var project = new ProjectRow
        {
            Id = reader.GetInt64(0),
            OrganizationId = reader.GetInt64(1),
            Slug = reader.IsDBNull(2) ? null : reader.GetString(2),
            Flags = reader.IsDBNull(3) ? null : reader.GetInt64(3),
            FirstEvent = session.OptionalInstant(reader, 4),
        };
        rows.Projects.TryAdd(project.Id, project);
    }

    private void ReadOption(System.Data.Common.DbDataReader reader)
    {
        var project = rows.Projects[reader.GetInt64(0)];
        var value = reader.GetString(2);
        switch (reader.GetString(1))
        {
            case "sentry:resolve_age":
                project.ResolveAge = int.TryParse(Plain(value), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : 0;
                break;
            case "sentry:store_crash_reports":
                project.CrashReports = CrashReportsOf(value);
                break;
            default:
                _groupings[project.Id] = Plain(value);
                break;
        }
    }

    /// <summary>Options are JSON; a text has quotes around it.</summary>
    private static string Plain(string value) => value.Trim().Trim('"');
}
