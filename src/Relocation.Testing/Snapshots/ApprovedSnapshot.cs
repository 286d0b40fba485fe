using System.Runtime.CompilerServices;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing;

/// <summary>Compares pk maps and other text with approved files, by Verify's conventions.</summary>
/// <remarks>
/// The approved file is <c>Type.Method.verified.txt</c> beside the test's source. When it is missing or differs, the check
/// fails and leaves <c>Type.Method.received.txt</c> for review: on a developer's machine beside it, where a diff tool opens too; in an
/// artifacts folder on a build server, where a <c>.diff.txt</c> says what differs and nothing is written to the source
/// tree. A build server is known by its environment variables, <c>CI</c> among them. <c>DiffEngine_Disabled</c> keeps
/// the diff tool away. <c>RELOCATION_SNAPSHOT_RUN</c> names a folder that notes which approved files were compared with, by which
/// <c>relocation snapshot list --run</c> finds those that no test uses any more.
/// </remarks>
public static class ApprovedSnapshot
{
    /// <summary>Compares a pk map with the approved file of the calling test.</summary>
    /// <param name="map">The map.</param>
    /// <param name="options">Form and places, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <param name="member">The test's name; the compiler gives it.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <exception cref="DirectoryNotFoundException">
    /// The test's source is not on this machine, and <see cref="SnapshotOptions.Folder"/> gives no full path.
    /// </exception>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or something else.</exception>
    public static Task CheckAsync(
        PrimaryKeyMap map,
        SnapshotOptions? options = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string member = "",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        options ??= new SnapshotOptions();
        return CheckAsync(
            SnapshotContent.Of(map, options), options, sourceFile, member, SnapshotEnvironment.Current(), cancellationToken);
    }

    /// <summary>Compares text with the approved file of the calling test. Line ends at the end do not count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Places, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; the compiler gives it.</param>
    /// <param name="member">The test's name; the compiler gives it.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <exception cref="DirectoryNotFoundException">
    /// The test's source is not on this machine, and <see cref="SnapshotOptions.Folder"/> gives no full path.
    /// </exception>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or something else.</exception>
    public static Task CheckAsync(
        string text,
        SnapshotOptions? options = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string member = "",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CheckAsync(
            SnapshotContent.Of(text),
            options ?? new SnapshotOptions(),
            sourceFile,
            member,
            SnapshotEnvironment.Current(),
            cancellationToken);
    }

    /// <summary>Compares a pk map with an approved file of any name.</summary>
    /// <param name="map">The map.</param>
    /// <param name="approvedPath">The approved file.</param>
    /// <param name="options">Form and places, of which <see cref="SnapshotOptions.Name"/> and
    /// <see cref="SnapshotOptions.Folder"/> do not count here; or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or something else.</exception>
    public static Task CheckFileAsync(
        PrimaryKeyMap map,
        string approvedPath,
        SnapshotOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        options ??= new SnapshotOptions();
        return CheckFileAsync(
            SnapshotContent.Of(map, options), approvedPath, options, SnapshotEnvironment.Current(), cancellationToken);
    }

    /// <summary>Compares text with an approved file of any name. Line ends at the end do not count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="approvedPath">The approved file.</param>
    /// <param name="options">Places, of which <see cref="SnapshotOptions.Name"/> and
    /// <see cref="SnapshotOptions.Folder"/> do not count here; or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or something else.</exception>
    public static Task CheckFileAsync(
        string text,
        string approvedPath,
        SnapshotOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CheckFileAsync(
            SnapshotContent.Of(text),
            approvedPath,
            options ?? new SnapshotOptions(),
            SnapshotEnvironment.Current(),
            cancellationToken);
    }

    internal static Task CheckAsync(
        SnapshotContent content,
        SnapshotOptions options,
        string sourceFile,
        string member,
        SnapshotEnvironment environment,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(sourceFile);
        var approvedPath = SnapshotPaths.ApprovedOf(sourceFile, member, options, environment);
        if (options.Claim is { } claim)
        {
            SnapshotClaims.Take(approvedPath, claim);
        }

        return CheckFileAsync(content, approvedPath, options, environment, cancellationToken);
    }

    internal static Task CheckFileAsync(
        SnapshotContent content,
        string approvedPath,
        SnapshotOptions options,
        SnapshotEnvironment environment,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(approvedPath);
        var paths = SnapshotPaths.Of(approvedPath, options, environment);
        return new SnapshotCheck(content, paths, environment).RunAsync(cancellationToken);
    }
}
