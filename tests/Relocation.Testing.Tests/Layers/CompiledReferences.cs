using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Relocation.Testing.Tests.Layers;

/// <summary>
/// What the types of a compiled assembly refer to: base types, signatures, attributes and every type that their code names. Which folder a type is
/// written in stands in the symbols beside the assembly.
/// </summary>
internal sealed class CompiledReferences : ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>
{
    private static readonly Guid TypeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    private readonly PEReader _image;
    private readonly MetadataReader _types;
    private readonly MetadataReader _symbols;

    private CompiledReferences(PEReader image, MetadataReader symbols)
    {
        _image = image;
        _types = image.GetMetadataReader();
        _symbols = symbols;
    }

    /// <summary>The types of an assembly, those nested in others as a part of these.</summary>
    internal static IReadOnlyList<CompiledType> Read(string assembly)
    {
        using var image = new PEReader(File.OpenRead(assembly));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.ChangeExtension(assembly, ".pdb")));
        return new CompiledReferences(image, symbols.GetMetadataReader()).Read();
    }

    private List<CompiledType> Read()
    {
        var found = new Dictionary<TypeDefinitionHandle, CompiledType>();
        foreach (var handle in _types.TypeDefinitions)
        {
            var outermost = Outermost(handle);
            if (!found.TryGetValue(outermost, out var type))
            {
                var definition = _types.GetTypeDefinition(outermost);
                found[outermost] = type = new CompiledType(
                    FullName(definition.Namespace, definition.Name), (definition.Attributes & TypeAttributes.Public) != 0);
            }

            type.Files.UnionWith(FilesOf(handle));
            foreach (var reference in ReferencesOf(handle))
            {
                if (NameOf(reference) is { } name && name != type.Name)
                {
                    type.References.Add(name);
                }
            }
        }

        return [.. found.Values.Where(type => type.Files.Any(file => !file.Contains("/obj/", StringComparison.Ordinal)))];
    }

    private TypeDefinitionHandle Outermost(TypeDefinitionHandle handle)
    {
        for (var declaring = _types.GetTypeDefinition(handle).GetDeclaringType(); !declaring.IsNil; declaring = _types.GetTypeDefinition(handle).GetDeclaringType())
        {
            handle = declaring;
        }

        return handle;
    }

    private IEnumerable<string> FilesOf(TypeDefinitionHandle handle)
    {
        foreach (var method in _types.GetTypeDefinition(handle).GetMethods())
        {
            var information = _symbols.GetMethodDebugInformation(method);
            foreach (var document in information.GetSequencePoints().Select(point => point.Document).Distinct())
            {
                yield return FileOf(document);
            }
        }

        // Types without code have their files named apart.
        foreach (var custom in _symbols.GetCustomDebugInformation(handle).Select(_symbols.GetCustomDebugInformation))
        {
            if (_symbols.GetGuid(custom.Kind) == TypeDocuments)
            {
                var reader = _symbols.GetBlobReader(custom.Value);
                while (reader.RemainingBytes > 0)
                {
                    yield return FileOf(MetadataTokens.DocumentHandle(reader.ReadCompressedInteger()));
                }
            }
        }
    }

    private string FileOf(DocumentHandle document) => _symbols.GetString(_symbols.GetDocument(document).Name).Replace('\\', '/');

    private IEnumerable<EntityHandle> ReferencesOf(TypeDefinitionHandle handle)
    {
        var type = _types.GetTypeDefinition(handle);
        var references = new List<EntityHandle> { type.BaseType };
        references.AddRange(type.GetInterfaceImplementations().Select(made => _types.GetInterfaceImplementation(made).Interface));
        AddAttributes(references, type.GetCustomAttributes());
        foreach (var parameter in type.GetGenericParameters().Select(_types.GetGenericParameter))
        {
            references.AddRange(parameter.GetConstraints().Select(constraint => _types.GetGenericParameterConstraint(constraint).Type));
        }

        foreach (var field in type.GetFields().Select(_types.GetFieldDefinition))
        {
            references.AddRange(field.DecodeSignature(this, null));
            AddAttributes(references, field.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_types.GetMethodDefinition))
        {
            Add(references, method.DecodeSignature(this, null));
            AddAttributes(references, method.GetCustomAttributes());
            if (method.RelativeVirtualAddress != 0)
            {
                AddBody(references, _image.GetMethodBody(method.RelativeVirtualAddress));
            }
        }

        return references.SelectMany(Resolve);
    }

    private void AddAttributes(List<EntityHandle> references, CustomAttributeHandleCollection attributes) =>
        references.AddRange(attributes.Select(attribute => _types.GetCustomAttribute(attribute).Constructor));

    private static void Add(List<EntityHandle> references, MethodSignature<ImmutableArray<EntityHandle>> signature)
    {
        references.AddRange(signature.ReturnType);
        references.AddRange(signature.ParameterTypes.SelectMany(parameter => parameter));
    }

    private void AddBody(List<EntityHandle> references, MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            references.AddRange(_types.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(this, null).SelectMany(local => local));
        }

        references.AddRange(body.ExceptionRegions.Where(region => !region.CatchType.IsNil).Select(region => region.CatchType));
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            var operation = (int)code.ReadByte();
            operation = operation == 0xFE ? (operation << 8) | code.ReadByte() : operation;
            switch (Operands[operation])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    references.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset++;
                    break;
                case OperandType.InlineVar:
                    code.Offset += sizeof(short);
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += sizeof(long);
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += targets * sizeof(int);
                    break;
                default:
                    code.Offset += sizeof(int);
                    break;
            }
        }
    }

    /// <summary>The types that a token of whatever kind speaks of.</summary>
    private IEnumerable<EntityHandle> Resolve(EntityHandle token)
    {
        if (token.IsNil)
        {
            return [];
        }

        switch (token.Kind)
        {
            case HandleKind.MemberReference:
                var member = _types.GetMemberReference((MemberReferenceHandle)token);
                IEnumerable<EntityHandle> named = member.GetKind() == MemberReferenceKind.Field
                    ? member.DecodeFieldSignature(this, null)
                    : Signature(member.DecodeMethodSignature(this, null));
                return Resolve(member.Parent).Concat(named);
            case HandleKind.MethodDefinition:
                return [_types.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType()];
            case HandleKind.FieldDefinition:
                return [_types.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType()];
            case HandleKind.MethodSpecification:
                var made = _types.GetMethodSpecification((MethodSpecificationHandle)token);
                return Resolve(made.Method).Concat(made.DecodeSignature(this, null).SelectMany(argument => argument));
            case HandleKind.TypeSpecification:
                return _types.GetTypeSpecification((TypeSpecificationHandle)token).DecodeSignature(this, null);
            default:
                return [token];
        }
    }

    private static List<EntityHandle> Signature(MethodSignature<ImmutableArray<EntityHandle>> signature)
    {
        var named = new List<EntityHandle>();
        Add(named, signature);
        return named;
    }

    private string? NameOf(EntityHandle type)
    {
        if (type.Kind == HandleKind.TypeDefinition)
        {
            var definition = _types.GetTypeDefinition(Outermost((TypeDefinitionHandle)type));
            return FullName(definition.Namespace, definition.Name);
        }

        if (type.Kind != HandleKind.TypeReference)
        {
            return null;
        }

        var reference = _types.GetTypeReference((TypeReferenceHandle)type);
        while (reference.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            reference = _types.GetTypeReference((TypeReferenceHandle)reference.ResolutionScope);
        }

        return FullName(reference.Namespace, reference.Name);
    }

    private string FullName(StringHandle space, StringHandle name) => $"{_types.GetString(space)}.{_types.GetString(name)}";

    ImmutableArray<EntityHandle> ISimpleTypeProvider<ImmutableArray<EntityHandle>>.GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    ImmutableArray<EntityHandle> ISimpleTypeProvider<ImmutableArray<EntityHandle>>.GetTypeFromDefinition(
        MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => [handle];

    ImmutableArray<EntityHandle> ISimpleTypeProvider<ImmutableArray<EntityHandle>>.GetTypeFromReference(
        MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => [handle];

    ImmutableArray<EntityHandle> IConstructedTypeProvider<ImmutableArray<EntityHandle>>.GetArrayType(
        ImmutableArray<EntityHandle> elementType, ArrayShape shape) => elementType;

    ImmutableArray<EntityHandle> IConstructedTypeProvider<ImmutableArray<EntityHandle>>.GetByReferenceType(ImmutableArray<EntityHandle> elementType) => elementType;

    ImmutableArray<EntityHandle> IConstructedTypeProvider<ImmutableArray<EntityHandle>>.GetGenericInstantiation(
        ImmutableArray<EntityHandle> genericType, ImmutableArray<ImmutableArray<EntityHandle>> typeArguments) =>
        [.. genericType, .. typeArguments.SelectMany(argument => argument)];

    ImmutableArray<EntityHandle> IConstructedTypeProvider<ImmutableArray<EntityHandle>>.GetPointerType(ImmutableArray<EntityHandle> elementType) => elementType;

    ImmutableArray<EntityHandle> ISZArrayTypeProvider<ImmutableArray<EntityHandle>>.GetSZArrayType(ImmutableArray<EntityHandle> elementType) => elementType;

    ImmutableArray<EntityHandle> ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>.GetFunctionPointerType(
        MethodSignature<ImmutableArray<EntityHandle>> signature) => [.. Signature(signature)];

    ImmutableArray<EntityHandle> ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>.GetGenericMethodParameter(object? genericContext, int index) => [];

    ImmutableArray<EntityHandle> ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>.GetGenericTypeParameter(object? genericContext, int index) => [];

    ImmutableArray<EntityHandle> ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>.GetModifiedType(
        ImmutableArray<EntityHandle> modifier, ImmutableArray<EntityHandle> unmodifiedType, bool isRequired) => unmodifiedType;

    ImmutableArray<EntityHandle> ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>.GetPinnedType(ImmutableArray<EntityHandle> elementType) => elementType;

    ImmutableArray<EntityHandle> ISignatureTypeProvider<ImmutableArray<EntityHandle>, object?>.GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);
}
