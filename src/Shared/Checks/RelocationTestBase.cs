using System.Runtime.CompilerServices;

namespace Relocation.Testing;

/// <content>The part that is the same for every test framework: comparing with approved files.</content>
public abstract partial class RelocationTestBase
{
    /// <summary>What each test of the class starts from. Default: the baseline.</summary>
    protected virtual ResetTo StartFrom => ResetTo.Baseline;

    /// <summary>Compares a pk map with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a test case are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="map">The map.</param>
    /// <param name="options">Form and paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    protected Task CheckAsync(PrimaryKeyMap map, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(map, Named(options), sourceFile, cancellationToken: RunningToken));

    /// <summary>Compares text with <c>Type.Method.verified.txt</c> beside the test's source.</summary>
    /// <remarks>The arguments of a test case are part of the name. See <see cref="ApprovedSnapshot"/>.</remarks>
    /// <param name="text">The text.</param>
    /// <param name="options">Paths, or null for the defaults.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <exception cref="SnapshotMismatchException">Nothing is approved, or the text differs.</exception>
    protected Task CheckAsync(string text, SnapshotOptions? options = null, [CallerFilePath] string sourceFile = "") =>
        AttachAsync(ApprovedSnapshot.CheckAsync(text, Named(options), sourceFile, cancellationToken: RunningToken));

#pragma warning disable CA1822 // They could be static where the framework says by a static property which test is running.
    private SnapshotOptions Named(SnapshotOptions? options)
    {
        options ??= new SnapshotOptions();
        return options with { Name = options.Name ?? TestName(), Claim = Claim() };
    }

    private async Task AttachAsync(Task check)
    {
        try
        {
            await check.ConfigureAwait(false);
        }
        catch (SnapshotMismatchException mismatch)
        {
            // Frameworks list what does not exist, too.
            foreach (var path in new[] { mismatch.ReceivedPath, mismatch.DiffPath }.OfType<string>().Where(File.Exists))
            {
                Attach(path);
                Output($"Attached: {path}");
            }

            throw;
        }
    }
#pragma warning restore CA1822
}
