using NUnit.Framework.Interfaces;

namespace Relocation.Testing.NUnit.Matrices;

/// <summary>The properties that carry a case from test discovery to the test run.</summary>
internal sealed record MatrixTest(BackupCase Case, bool ApprovedPerEngine)
{
    /// <summary>Names that begin so are not shown as properties of the test.</summary>
    private const string Key = "_RELOCATION_CASE";

    /// <summary>Those of a test, or null if it is not part of a matrix.</summary>
    internal static MatrixTest? Of(IPropertyBag properties) => properties.Get(Key) as MatrixTest;

    /// <summary>The case's name, where a runner shows all properties.</summary>
    public override string ToString() => Case.ToString();

    internal void AddTo(IPropertyBag properties)
    {
        properties.Set(Key, this);
        foreach (var (name, value) in Case.Traits())
        {
            properties.Set(name, value);
        }
    }
}
