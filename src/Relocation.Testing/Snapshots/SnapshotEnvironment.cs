using System.Diagnostics;
using DiffEngine;

namespace Relocation.Testing.Snapshots;

/// <summary>What a check has to know of where it runs.</summary>
internal sealed record SnapshotEnvironment
{
    /// <summary>Whether nothing may be written to the source tree and nobody sits at the screen.</summary>
    internal required bool IsBuildServer { get; init; }

    /// <summary>The folder for received files on a build server, or null when none was said.</summary>
    internal required string? ArtifactsFolder { get; init; }

    /// <summary>The folder that notes which approved files were compared with, or null when nobody wants to know.</summary>
    internal string? RunFolder { get; init; }

    /// <summary>The folder that the test runs from.</summary>
    internal required string BaseFolder { get; init; }

    /// <summary>When this run of tests began, in universal time. What an earlier one left is taken away. Default: later than anything.</summary>
    internal DateTime RunStart { get; init; } = DateTime.MaxValue;

    /// <summary>Opens a received and an approved file in a diff tool, or null when no tool may be opened.</summary>
    internal required Func<string, string, Task>? OpenDiffTool { get; init; }

    /// <summary>Closes the diff tool that shows a received and an approved file, or null when none may have been opened.</summary>
    internal required Action<string, string>? CloseDiffTool { get; init; }

    internal static SnapshotEnvironment Current()
    {
        // DiffEngine knows build servers by their own variables and not by CI, which most of them set as well.
        var isBuildServer = IsBuildServerVariable(Environment.GetEnvironmentVariable("CI")) || BuildServerDetector.Detected;
        var hasTool = !isBuildServer && !DiffRunner.Disabled;
        using var process = Process.GetCurrentProcess();
        var artifacts = Environment.GetEnvironmentVariable("RELOCATION_ARTIFACTS");
        return new SnapshotEnvironment
        {
            IsBuildServer = isBuildServer,
            ArtifactsFolder = string.IsNullOrWhiteSpace(artifacts) ? null : artifacts,
            RunFolder = Environment.GetEnvironmentVariable(SnapshotRun.Variable) is { Length: > 0 } run ? run : null,
            BaseFolder = AppContext.BaseDirectory,
            RunStart = process.StartTime.ToUniversalTime(),
            OpenDiffTool = hasTool ? OpenAsync : null,
            CloseDiffTool = hasTool ? DiffRunner.Kill : null,
        };
    }

    /// <summary>Whether a value of the variable <c>CI</c> says that this is a build server.</summary>
    internal static bool IsBuildServerVariable(string? value) =>
        !string.IsNullOrWhiteSpace(value) && value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    private static async Task OpenAsync(string receivedPath, string approvedPath) =>
        await DiffRunner.LaunchForTextAsync(receivedPath, approvedPath, SnapshotFile.Encoding).ConfigureAwait(false);
}
