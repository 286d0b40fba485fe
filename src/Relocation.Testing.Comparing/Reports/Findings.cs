using System.Collections;
using System.Text;
using Relocation.Testing.Comparing.Reports;

namespace Relocation.Testing;

/// <summary>A list of findings and the forms in which it is handed on.</summary>
public sealed class Findings : IReadOnlyList<Finding>
{
    private readonly IReadOnlyList<Finding> _findings;

    /// <summary>Makes a list.</summary>
    /// <param name="findings">The findings, in their order.</param>
    public Findings(IEnumerable<Finding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        _findings = [.. findings];
    }

    /// <summary>A list without findings.</summary>
    public static Findings None { get; } = new([]);

    /// <summary>How many findings there are.</summary>
    public int Count => _findings.Count;

    /// <summary>Whether there are no findings: all is well.</summary>
    public bool IsEmpty => Count == 0;

    /// <inheritdoc />
    public Finding this[int index] => _findings[index];

    /// <summary>
    /// A findings file, as Sentry's own tools read it (docs/sentry-import.md, sections 8.6 and 12.8); <c>[]</c> when there is none.
    /// </summary>
    public string ToJson() => FindingJson.Write(_findings);

    /// <summary>Sentry's own form: one after the other, on several lines each.</summary>
    public string ToPretty() => string.Join('\n', _findings.Select(finding => finding.ToPretty()));

    /// <summary>A JUnit report: one test suite whose failed test cases are the findings; a passed one says that there are none.</summary>
    /// <param name="suite">The suite's name, for example <c>compare left.json right.json</c>.</param>
    public string ToJUnit(string suite) => FindingJUnit.Write(suite, _findings);

    /// <summary>A SARIF 2.1.0 log: one result for each finding, with the places of the records.</summary>
    /// <param name="toolVersion">The version of the tool, or null to leave it out.</param>
    public string ToSarif(string? toolVersion = null) => FindingSarif.Write(_findings, toolVersion);

    /// <summary>Writes the findings file of <see cref="ToJson"/>.</summary>
    /// <param name="stream">Takes the text, in ASCII; it stays open.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task WriteJsonAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(ToJson()), cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public IEnumerator<Finding> GetEnumerator() => _findings.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A line for each finding.</summary>
    public override string ToString() => string.Join('\n', _findings);
}
