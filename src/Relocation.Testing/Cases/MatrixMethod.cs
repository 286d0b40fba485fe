namespace Relocation.Testing.Cases;

/// <summary>What a test of a matrix looks like where a framework hands over the case as an argument.</summary>
internal static class MatrixMethod
{
    /// <exception cref="InvalidOperationException">It looks otherwise.</exception>
    internal static void Check(Type? tests, Type needed, string method, IReadOnlyList<Type> parameters)
    {
        if (!(tests?.IsAssignableTo(needed) ?? false))
        {
            throw MatrixErrors.MatrixOutsideRelocationTest(tests?.Name ?? method);
        }

        if (parameters is not [var only] || only != typeof(BackupCase))
        {
            throw MatrixErrors.MatrixMethodTakesNoCase(method);
        }
    }
}
