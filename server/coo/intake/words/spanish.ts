import type { Words } from './words.ts'

const list = (text: string) => new Set(text.split(/\s+/))

export const spanish: Words = {
  code: 'es',
  name: 'Spanish',
  common: 'el la los las de y es para que no con una un en por se del al lo como más puedes favor necesitamos hay tenemos antes su nos hola gracias'.split(' '),
  verbs: list(`actualizar agregar alquilar analizar añadir archivar arreglar avisar borrar buscar cambiar comprar comparar comprobar confirmar contactar contratar corregir crear decidir
    diseñar encontrar encargar enviar escribir escanear hacer imprimir instalar invitar lanzar leer limpiar llamar mandar organizar pagar pedir planificar preparar presentar
    probar publicar recoger redactar reemplazar reparar reservar responder resumir revisar traducir traer vaciar verificar envía prepara revisa escribe reserva llama compra
    actualiza organiza traduce corrige publica abrir acabar acordar adaptar anotar anular anunciar apuntar asignar atender averiguar barrer bloquear calcular cancelar cargar
    cerrar clasificar cobrar cocinar coger colgar colocar completar concretar consultar contar contestar convocar coordinar copiar cortar cotizar cuidar decorar dejar
    descargar desmontar devolver dibujar doblar elegir eliminar embalar empaquetar encender entregar escoger establecer estudiar etiquetar evaluar explicar facturar fijar
    fotografiar fregar gestionar grabar guardar hablar incluir indicar informar inscribir investigar lavar llenar llevar medir mejorar mirar modificar montar mostrar mover
    negociar notificar ofrecer ordenar pasar pegar pintar planchar plantar poner programar proponer quitar recordar recortar regar registrar rellenar renovar repartir repasar
    reponer retirar reunir sacar seleccionar señalar solicitar subir subrayar sustituir tirar tomar tramitar transferir trasladar vender ver vigilar visitar volver`),
  nounToo: list('reserva compra'),
  article: /^(?:el|la|los|las|un|una|nuestros?|nuestras?|mi|mis|todos|todas|\d+|\p{Lu})(?!\p{L})/u,
  infinitive: /^(?:\p{Ll}|\p{Lu})\p{Ll}+(?:ar|er|ir)(?:se|lo|la|los|las)?\s+(?:el|la|los|las|al|a|un|una|unos|unas|nuestr[oa]s?|mi|mis|todos|todas|\d|\p{Lu})/u,
  parts: /(?<!\p{L})(?:con|sobre|de)$/iu,
  filler: /^(?:y|también|además|por otro lado|(?:dos|tres|unas|algunas|varias) (?:cosas|preguntas|peticiones)(?=\s*[:–—-])|luego|después|entonces|por favor|porfa|primero|finalmente|por cierto|tarea|pendiente)(?:\s*[,:;–—]+\s*|\s+[-–—]+\s+|\s+)/i,
  leadIn: /^¿?(?:(?:puedes|podrías|podéis|podríais|puede|podría|pueden|podrían|alguien puede|alguien podría|podemos|podríamos) |hay que |habría que |(?:hace|haría|hará) falta que alguien |(?:hace|haría|hará) falta (?=\p{L}+[aei]r )|(?:tenemos|tienes|tienen) que |debemos |deberíamos |no (?:olvides|olvidéis|olvidar) |recuerd[ae]d? |acuérdate de |necesitamos (?=\p{L}+[aei]r ))(?:por favor,? |también )*/iu,
  own: /^(?:(?:yo )?(?:voy a|tengo que|debo|puedo|me (?:encargo|ocupo) del?))\s+/i,
  want: /^(?:(?:necesitamos|necesito|queremos|quiero|(?:nos )?faltan?|hacen? falta|haría falta|nos vendría bien))\s+/i,
  trouble: /(?<!\p{L})(?:está|están) (?:\p{L}+ )?(?:rot[oa]s?|desactualizad[oa]s?|vací[oa]s?|mal)(?!\p{L})|(?<!\p{L})no (?:funciona|carga|abre|imprime)n?(?!\p{L})|^no hay (?!prisa|problema|que |nada|nadie)|^no tenemos (?!tiempo|prisa|que )/iu,
  does: /^\s*(?:deben|tienen que|van a|pueden|podrán|podrían|debe|deberá|tiene que|va a|puede|podrá|podría|debería|,? (?:puedes|podrías)|,? por favor,?)\s+(?:también )*/i,
  given: /(?:(?<!\p{L})(?:responsable|quién|asignar a)[:\s]+|(?:→|->|=>)\s*)$/iu,
  handed: { before: /(?:^sería (?:bueno|genial|estupendo|útil)(?: si| que)\s+|(?<!\p{L})(?:pide|pedir|dile) a\s+|^¿?(?:puede|podría)\s+)$/iu, after: /^\s+(?:que |pudiera |pueda )?/i },
  goesOn: /^(?:asegúrate|debe |deben |esto |eso |si es posible|por ejemplo|sin )/i,
  refers: /\p{L}r(?:lo|la|los|las)(?!\p{L})/iu,
  good: /^(?:(?:criterios de aceptación|terminado cuando)[:\s]+|(?:debe|deben|el resultado debe|el informe debe) |asegúrate de que )/i,
  including: /,?\s+(?:incluyendo|que incluya)\s*:?\s+/i,
  first: /^(?:primero|en primer lugar|ante todo)(?!\p{L})/iu,
  then: /^(?:(?:y )?luego|después(?: de eso)?(?! de(?:l| que)?(?!\p{L}))|a continuación|cuando (?:eso )?esté (?:listo|hecho)|finalmente)(?!\p{L})/iu,
  once: /(?<!\p{L})(?:una vez que|cuando|en cuanto|después de que)\s+(.+?)\s+(?:esté|estén)\s+(?:list|hech|confirmad|terminad|reservad)[oa]s?(?=[,.;)!?]|$)/iu,
  urgent: /(?<!\p{L})(?:urgentes?|urgentemente|inmediatamente|cuanto antes|lo antes posible|ya mismo|asap)(?!\p{L})|!!+/iu,
  high: /(?<!\p{L})(?:importantes?|prioridad alta)(?!\p{L})/iu,
  low: /(?<!\p{L})(?:cuando (?:haya|tengas|tengamos|puedas) ?(?:tiempo)?|sin prisa|no es urgente|algún día)(?!\p{L})/iu,
  small: /(?<!\p{L})(?:rápid[oa]|pequeñ[oa]s?|cort[oa]s?)(?!\p{L})/iu,
  large: /(?<!\p{L})(?:grandes?|complet[oa]s?|enter[oa]s?|rediseño|migración|estrategia)(?!\p{L})/iu,
  due: /(?:(?<!\p{L})(?:antes del?|para|hasta|el|a más tardar|fecha límite|en|dentro de|entrega)|[:(–—-])\s*(?:el |la |del? )*$/iu,
  notDue: /(?<!\p{L})(?:desde|del?|después|pasad[oa]|cada|entre|a partir)\s*(?:el |la |del? )*$/iu,
}
